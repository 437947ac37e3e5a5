"""What an application may use of the platform. Everything else may change without notice."""
