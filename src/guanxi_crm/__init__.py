"""The CRM: an application like any other, made of data and a few promises."""
