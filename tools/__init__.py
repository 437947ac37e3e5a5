"""What developers use beside the product: own lint rules, scaffolds."""
