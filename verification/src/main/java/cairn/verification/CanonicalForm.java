package cairn.verification;

import cairn.fault.Answer;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.choice.Mix;
import cairn.model.fault.Fault;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What makes a story the same as another: the property, what went wrong in words, which faults
 * struck whom after which of its claims, and what else was not calm. Times, counts and amounts are
 * left out, and machines of one kind are named in the order in which they appear, so that it does
 * not matter which of them it was.
 *
 * @param lines readable, one thing each
 */
public record CanonicalForm(List<String> lines) {

    private static final Pattern ONE_OF_A_KIND = Pattern.compile("\\b([a-z]+)-?(\\d+)\\b");

    /** A span of time: two runs may write it in different units. */
    private static final Pattern SPAN = Pattern.compile("\\b[0-9.]+ (us|ms|s)\\b");

    private static final Pattern NUMBER = Pattern.compile("\\b[0-9a-f]*\\d[0-9a-f]*\\b|\\d+");

    public CanonicalForm {
        lines = List.copyOf(lines);
    }

    static CanonicalForm of(
            Breach breach, List<Answer> answers, List<String> roles, Chronicle chronicle) {
        List<String> lines = new ArrayList<>();
        lines.add(breach.property());
        lines.addAll(faults(breach.at(), roles, chronicle));
        TreeSet<String> choices = new TreeSet<>();
        answers.forEach(answer -> choices.add(answer.choice()));
        lines.add(breach.explanation());
        Masks masks = new Masks();
        List<String> masked = new ArrayList<>(lines.stream().map(masks::mask).toList());
        TreeSet<String> others = new TreeSet<>();
        choices.forEach(choice -> others.add("not calm: " + masks.mask(choice)));
        masked.addAll(others);
        return new CanonicalForm(masked);
    }

    private static List<String> faults(long until, List<String> roles, Chronicle chronicle) {
        List<String> faults = new ArrayList<>();
        Map<NodeId, String> claims = new TreeMap<>();
        for (int i = 0; i < chronicle.size() && chronicle.entry(i).at() <= until; i++) {
            if (chronicle.entry(i) instanceof Chronicle.Seen(var observation)) {
                if (observation instanceof Observation.Claimed claimed && says(claimed.fact())) {
                    claims.put(claimed.node(), claimed.fact().getClass().getSimpleName());
                }
                if (observation instanceof Observation.Struck(long _, Fault fault)) {
                    faults.add(text(fault, roles, claims));
                }
            }
        }
        return faults;
    }

    private static boolean says(Fact fact) {
        return !(fact instanceof Fact.Applied || fact instanceof Fact.Doing);
    }

    private static String text(Fault fault, List<String> roles, Map<NodeId, String> claims) {
        String kind = fault.getClass().getSimpleName();
        return switch (fault) {
            case Fault.OfNode of ->
                    kind
                            + " of "
                            + role(of.node(), roles)
                            + " after "
                            + claims.getOrDefault(of.node(), "nothing");
            case Fault.OfDomain of ->
                    kind
                            + " of "
                            + of.nodes().stream()
                                    .map(node -> role(node, roles))
                                    .collect(Collectors.joining(", "));
            case Fault.OfLink of ->
                    kind + " from " + role(of.from(), roles) + " to " + role(of.to(), roles);
        };
    }

    private static String role(NodeId node, List<String> roles) {
        return node.index() < roles.size() ? roles.get(node.index()) : node.toString();
    }

    /** A text without its numbers, and with the machines of one kind by when they appear. */
    public static String masked(String text) {
        return new Masks().mask(text);
    }

    /** A short name for files: two stories have one name if they have one form. */
    public String name() {
        return lines.getFirst().toLowerCase(java.util.Locale.ROOT)
                + "-"
                + HexFormat.of().toHexDigits(Mix.text(String.join("\n", lines))).substring(4);
    }

    /** Names one of a kind by when it appears, and takes numbers away. */
    private static final class Masks {
        private final Map<String, String> names = new TreeMap<>();
        private final Map<String, Integer> kinds = new TreeMap<>();

        private String mask(String text) {
            Matcher matcher = ONE_OF_A_KIND.matcher(text);
            StringBuilder masked = new StringBuilder();
            while (matcher.find()) {
                String kind = matcher.group(1);
                String name =
                        names.computeIfAbsent(
                                matcher.group(),
                                _ -> {
                                    int which = kinds.merge(kind, 1, Integer::sum);
                                    return kind
                                            + "-"
                                            + "abcdefghijklmnopqrstuvwxyz".charAt((which - 1) % 26);
                                });
                matcher.appendReplacement(masked, name);
            }
            matcher.appendTail(masked);
            return NUMBER.matcher(SPAN.matcher(masked).replaceAll("# s")).replaceAll("#");
        }
    }
}
