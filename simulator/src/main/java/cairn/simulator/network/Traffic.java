package cairn.simulator.network;

/** What became of the messages of one network, counted. */
final class Traffic {
    long sent;
    long bytes;
    long delivered;
    long lost;
    long cut;
    long corrupted;
    long doubled;
    long heldBack;
}
