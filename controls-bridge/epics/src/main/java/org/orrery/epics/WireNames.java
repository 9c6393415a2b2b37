package org.orrery.epics;

/** Names of what Orrery adds to the normative types, the same on every adapter. */
public final class WireNames {
  /** Columns of the table that a histogram travels as: edges of each bin, and its contents. */
  public static final String LOW = "edges_low";

  public static final String HIGH = "edges_high";
  public static final String CONTENTS = "contents";

  /** Attributes of the image that a map travels as: bin edges along a row, and across the rows. */
  public static final String X_EDGES = "xEdges";

  public static final String Y_EDGES = "yEdges";

  private WireNames() {}
}
