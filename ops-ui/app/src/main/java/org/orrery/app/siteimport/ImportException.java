package org.orrery.app.siteimport;

/** A file that cannot be understood; the message names the file, the line and the remedy. */
final class ImportException extends Exception {
  private static final long serialVersionUID = 1L;

  ImportException(Place place, String message) {
    super(place + ": " + message);
  }
}
