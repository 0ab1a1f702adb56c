package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.computation.Parcel;

/** What goes through the channel from one rank to another. */
public sealed interface Payload {

    int bytes();

    /**
     * A message of the computation.
     *
     * @param colour the last checkpoint that its sender had cut, as Lai and Yang colour messages;
     *     {@link Epoch#ZERO} where nobody asks
     */
    record Goods(Epoch colour, Parcel parcel) implements Payload {
        @Override
        public int bytes() {
            return parcel.bytes() + (colour.equals(Epoch.ZERO) ? 0 : Long.BYTES);
        }
    }

    /**
     * The sender has cut a checkpoint.
     *
     * @param count how many messages it had sent through this channel before
     */
    record Marker(Epoch epoch, long count) implements Payload {
        @Override
        public int bytes() {
            return 16;
        }
    }
}
