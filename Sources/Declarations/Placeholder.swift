// Filled by the module's first content.
