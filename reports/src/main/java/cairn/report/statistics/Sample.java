package cairn.report.statistics;

import java.lang.foreign.Arena;
import java.util.function.DoubleBinaryOperator;

/**
 * Observations in their order, wherever they lie. Of a few thousand they may be an array; of a
 * million they lie in a file, or are made of those of other samples as they are asked for.
 */
public interface Sample {

    int size();

    /** The observation at a place, from 0. */
    double at(int place);

    /** A sample of an array, which must not change. */
    static Sample of(double... observations) {
        return new Sample() {
            @Override
            public int size() {
                return observations.length;
            }

            @Override
            public double at(int place) {
                return observations[place];
            }
        };
    }

    /** A sample of what {@link Double#doubleToRawLongBits} made of its observations. */
    static Sample ofBits(LongList bits) {
        return new Sample() {
            @Override
            public int size() {
                return bits.size();
            }

            @Override
            public double at(int place) {
                return Double.longBitsToDouble(bits.get(place));
            }
        };
    }

    /** What the observations of each pair come to, worked out each time that it is asked for. */
    static Sample ofPairs(Sample first, Sample second, DoubleBinaryOperator together) {
        return new Sample() {
            @Override
            public int size() {
                return first.size();
            }

            @Override
            public double at(int place) {
                return together.applyAsDouble(first.at(place), second.at(place));
            }
        };
    }

    /** All observations as an array, for what knows no other form and few of them. */
    default double[] toArray() {
        double[] array = new double[size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = at(i);
        }
        return array;
    }

    /** The same observations, the least first; it lasts as long as the arena. */
    default Sample sorted(Arena arena) {
        var keys = new LongList(arena);
        for (int i = 0; i < size(); i++) {
            keys.add(ordered(Double.doubleToRawLongBits(at(i))));
        }
        keys.sort();
        for (int i = 0; i < keys.size(); i++) {
            keys.set(i, ordered(keys.get(i)));
        }
        return ofBits(keys);
    }

    /** Bits as a number that is larger if the observation is, or such a number as bits again. */
    private static long ordered(long bits) {
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }
}
