"""The archive → a package for the portal (政务公开平台): records, clean HTML, enclosures, a catalogue; in full or what is new."""
