"""Guanxi: a no-code application platform with a full-funnel CRM built on it."""
