package cairn.simulator.disk;

/** What went otherwise on a disk because of its faults, counted. */
final class Toll {
    long lied;
    long refused;
    long slowed;
    long lost;
    long misdirected;
    long rotted;
}
