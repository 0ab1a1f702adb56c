package cairn.fault.strategy;

/**
 * An answer that a strategy gives on purpose.
 *
 * @param choice by its name
 * @param count the how-manieth time it is asked, from zero
 * @param value the answer; for {@link Kind#AT} the virtual time at which a fault is to strike
 * @param kind how the value is meant
 */
record Order(String choice, long count, long value, Kind kind) {

    enum Kind {
        /** The answer itself. */
        ANSWER,
        /** A time: the answer is what is left until then. */
        AT
    }

    static Order answer(String choice, long count, long value) {
        return new Order(choice, count, value, Kind.ANSWER);
    }

    static Order at(String choice, long count, long nanos) {
        return new Order(choice, count, nanos, Kind.AT);
    }
}
