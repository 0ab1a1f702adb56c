package cairn.fault.strategy;

import cairn.fault.Deliveries;
import cairn.model.choice.Alternatives;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;

import java.util.ArrayList;
import java.util.List;

/** Letters under way, of which one after the other arrives: how many orders there are is known. */
final class ToyMail {

    private final List<Letter> letters;

    /** A letter; those of one stream arrive in the order of the list. */
    record Letter(String name, int stream, int subject) {}

    ToyMail(List<Letter> letters) {
        this.letters = List.copyOf(letters);
    }

    /** So many letters, each on a stream of its own, to so many receivers in turn. */
    static ToyMail letters(int count, int receivers) {
        List<Letter> letters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            letters.add(new Letter("" + (char) ('a' + i), i, i % receivers));
        }
        return new ToyMail(letters);
    }

    /** The order in which they arrive. */
    List<Letter> run(Choices choices) {
        Choice next = Deliveries.choice("", choices);
        List<Letter> left = new ArrayList<>(letters);
        List<Letter> arrived = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Letter> candidates = new ArrayList<>();
            for (Letter letter : left) {
                if (candidates.stream().noneMatch(other -> other.stream == letter.stream)) {
                    candidates.add(letter);
                }
            }
            int index = next.pick(among(candidates));
            arrived.add(candidates.get(index));
            left.remove(candidates.get(index));
        }
        return arrived;
    }

    private Alternatives among(List<Letter> candidates) {
        return new Alternatives() {
            @Override
            public int size() {
                return candidates.size();
            }

            @Override
            public int stream(int index) {
                return candidates.get(index).stream;
            }

            @Override
            public long number(int index) {
                return letters.indexOf(candidates.get(index));
            }

            @Override
            public int subject(int index) {
                return candidates.get(index).subject;
            }
        };
    }

    static String names(List<Letter> order) {
        StringBuilder names = new StringBuilder();
        order.forEach(letter -> names.append(letter.name));
        return names.toString();
    }

    /** What each receiver saw: the same for equivalent orders. */
    static String seen(List<Letter> order) {
        StringBuilder seen = new StringBuilder();
        order.stream()
                .mapToInt(Letter::subject)
                .distinct()
                .sorted()
                .forEach(receiver -> {
                    order.stream()
                            .filter(letter -> letter.subject == receiver)
                            .forEach(letter -> seen.append(letter.name));
                    seen.append('|');
                });
        return seen.toString();
    }
}
