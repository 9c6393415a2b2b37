package org.orrery.app.siteimport;

/**
 * Where something stands in a file.
 *
 * @param file the file's name as people gave it
 * @param line the line, from 1
 */
record Place(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
