package cairn.experiment.file;

/**
 * A key of an experiment file, for those who write one.
 *
 * @param form what may stand behind it
 * @param otherwise what counts if it is left out, as a file would write it; empty if it must be
 *     there or if nothing stands for it
 * @param remark what it decides, in a clause
 */
public record Key(String name, Form form, String otherwise, String remark) {}
