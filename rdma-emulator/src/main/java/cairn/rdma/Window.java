package cairn.rdma;

/** A type 2 memory window: a range of a region that one connection may reach. */
record Window(Region region, int queuePair, long offset, long length, int rights) {}
