package cairn.model.property;

/** Times and lists in explanations. */
final class Words {

    private Words() {}

    /** An instant: {@code at 12.345 us}. */
    static String at(long nanos) {
        return "at " + duration(nanos);
    }

    /** A span of time in microseconds: {@code 12.345 us}. */
    static String duration(long nanos) {
        long thousandths = Math.floorMod(nanos, 1000L);
        return Math.floorDiv(nanos, 1000L)
                + (thousandths == 0
                        ? ""
                        : "." + (thousandths < 10 ? "00" : thousandths < 100 ? "0" : "")
                                + thousandths)
                + " us";
    }
}
