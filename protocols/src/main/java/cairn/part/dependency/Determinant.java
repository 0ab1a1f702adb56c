package cairn.part.dependency;

import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;

/**
 * What a rank's receipt was: the one thing about it that its computation does not determine. An
 * input is a receipt from the rank itself, since no rank sends itself anything; nobody can send it
 * again, so what it was is part of it.
 *
 * @param receiver the rank that received
 * @param receipt the how-manieth message or input that it received
 * @param sender the rank that had sent it
 * @param number the how-manieth message of that rank to the receiver, or the how-manieth input
 * @param life the receiver's life in which it was first so: a later one stands
 * @param value what was read; zero for a message
 */
public record Determinant(
        int receiver, long receipt, int sender, long number, long life, long value) {

    private static final int ORDER_BYTES = 32;

    public static Determinant of(int receiver, long receipt, Parcel parcel, long life) {
        long value = parcel.from() == receiver ? value(parcel) : 0;
        return new Determinant(receiver, receipt, parcel.from(), parcel.number(), life, value);
    }

    public boolean isInput() {
        return sender == receiver;
    }

    /** Its size on the wire. */
    public int bytes() {
        return isInput() ? ORDER_BYTES + Long.BYTES : ORDER_BYTES;
    }

    /** The input that it says was read. */
    public Parcel input() {
        return input(receiver, number, value);
    }

    /** An input as what a rank received. */
    public static Parcel input(int rank, long number, long value) {
        return new Parcel(rank, rank, number, new ByteWriter().number(value).toBytes());
    }

    /** What was read. */
    public static long value(Parcel input) {
        return new ByteReader(input.content()).number();
    }

    public void save(ByteWriter state) {
        state.number(receiver).number(receipt).number(sender).number(number).number(life);
        if (isInput()) {
            state.number(value);
        }
    }

    public static Determinant restore(ByteReader state) {
        int receiver = state.count();
        long receipt = state.number();
        int sender = state.count();
        long number = state.number();
        long life = state.number();
        long value = sender == receiver ? state.number() : 0;
        return new Determinant(receiver, receipt, sender, number, life, value);
    }
}
