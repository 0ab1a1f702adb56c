package cairn.model;

/**
 * The number of a checkpoint. Numbers grow along the line of a protected application, over
 * failovers too; zero is the state before the first checkpoint.
 */
public record Epoch(long number) implements Comparable<Epoch> {

    public static final Epoch ZERO = new Epoch(0);

    public Epoch {
        if (number < 0) {
            throw new IllegalArgumentException("an epoch must not be negative: " + number);
        }
    }

    public Epoch next() {
        return new Epoch(number + 1);
    }

    public boolean isAfter(Epoch other) {
        return number > other.number;
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "e" + number;
    }
}
