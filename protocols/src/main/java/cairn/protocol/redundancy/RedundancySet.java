package cairn.protocol.redundancy;

import cairn.part.erasure.ErasureCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Ranks that keep redundancy for each other. Their images are dealt out to stripes: each image is
 * cut into as many segments as there are stripes that take data from its rank.
 *
 * <pre>
 * partner, four ranks     XOR, four ranks          Reed-Solomon, k = 2, four ranks
 * stripe  data  parity    stripe  data     parity  stripe  data    parity
 *   0      0      1         0     1 2 3      0       0     2 3     0 1
 *   1      1      2         1     2 3 0      1       1     3 0     1 2
 *   2      2      3         2     3 0 1      2       2     0 1     2 3
 *   3      3      0         3     0 1 2      3       3     1 2     3 0
 * </pre>
 */
final class RedundancySet {

    private final List<Integer> members;
    private final List<Stripe> stripes;
    private final ErasureCode code;

    /** Whose segments, and where the parity made of them lies: one row after another. */
    record Stripe(List<Integer> data, List<Integer> parity) {
        Stripe {
            data = List.copyOf(data);
            parity = List.copyOf(parity);
        }
    }

    private RedundancySet(List<Integer> members, List<Stripe> stripes, int parities) {
        this.members = List.copyOf(members);
        this.stripes = List.copyOf(stripes);
        this.code = new ErasureCode(parities);
    }

    /** The set of some ranks under a scheme; one alone keeps nothing for others. */
    static RedundancySet of(List<Integer> members, RedundancySettings settings, Rules rules) {
        List<Stripe> stripes = new ArrayList<>();
        int parities = settings.parities();
        for (int i = 0; i < members.size() && members.size() > parities; i++) {
            switch (settings.scheme()) {
                case SINGLE -> {
                    // Nothing is kept for others.
                }
                case PARTNER ->
                        stripes.add(
                                new Stripe(
                                        run(members, i, 1),
                                        run(members, i + rules.partnerDistance(), 1)));
                case XOR, REED_SOLOMON ->
                        stripes.add(
                                new Stripe(
                                        run(members, i + parities, members.size() - parities),
                                        run(members, i, parities)));
            }
        }
        return new RedundancySet(members, stripes, parities);
    }

    /** So many members in a row, round the ring. */
    private static List<Integer> run(List<Integer> members, int from, int count) {
        List<Integer> run = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            run.add(members.get((from + i) % members.size()));
        }
        return run;
    }

    List<Integer> members() {
        return members;
    }

    List<Stripe> stripes() {
        return stripes;
    }

    ErasureCode code() {
        return code;
    }

    /** The stripes that take data from a member, in order: one for each segment of its image. */
    List<Integer> stripesWithDataOf(int member) {
        return numbers(stripe -> stripe.data().contains(member));
    }

    /** The stripes whose parity, or part of it, a member keeps. */
    List<Integer> stripesKeptBy(int member) {
        return numbers(stripe -> stripe.parity().contains(member));
    }

    private List<Integer> numbers(Predicate<Stripe> wanted) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < stripes.size(); i++) {
            if (wanted.test(stripes.get(i))) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    /** A member's segment of a stripe, of an image of so many bytes. */
    byte[] segment(int member, int stripe, byte[] image) {
        List<Integer> own = stripesWithDataOf(member);
        int length = segmentBytes(member, image.length);
        int from = Math.min(image.length, own.indexOf(stripe) * length);
        byte[] segment = new byte[Math.min(length, image.length - from)];
        System.arraycopy(image, from, segment, 0, segment.length);
        return segment;
    }

    /** The length of a member's segments but for the last. */
    int segmentBytes(int member, int imageBytes) {
        int segments = stripesWithDataOf(member).size();
        return (imageBytes + segments - 1) / segments;
    }

    /** Whether all images can be had again when some members lost their memory. */
    boolean survives(Set<Integer> lost) {
        return stripes.isEmpty()
                ? lost.isEmpty()
                : stripes.stream()
                        .allMatch(stripe ->
                                count(stripe.data(), lost)
                                        <= stripe.parity().size() - count(stripe.parity(), lost));
    }

    private static long count(List<Integer> among, Set<Integer> lost) {
        return among.stream().filter(lost::contains).count();
    }

    /** Bytes that a member keeps, its own image included, if all images have so many. */
    long storedBytes(int member, int imageBytes) {
        long stored = imageBytes;
        for (int stripe : stripesKeptBy(member)) {
            int segment = 0;
            for (int data : stripes.get(stripe).data()) {
                segment = Math.max(segment, segmentBytes(data, imageBytes));
            }
            stored += segment;
        }
        return stored;
    }
}
