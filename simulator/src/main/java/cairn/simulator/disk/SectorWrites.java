package cairn.simulator.disk;

/** Where a device puts sectors that it is asked to write. */
interface SectorWrites {

    /** The sector is not written. */
    int NOWHERE = -1;

    /** Where a sector goes in a file of so many sectors: to its place, to another, or nowhere. */
    int place(int sector, int sectors);
}
