package cairn.fault.strategy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Several strategies that take turns; one that is exhausted, or has to wait, is passed over. */
public final class Rotation implements Strategy {

    /** More than any search gets through. */
    private static final long WORKLOADS = 1_000_000;

    private final List<Strategy> strategies;
    private final List<Turn> underWay = new ArrayList<>();
    private int turn;

    private record Turn(Attempt attempt, Strategy strategy) {}

    public Rotation(List<Strategy> strategies) {
        if (strategies.isEmpty()) {
            throw new IllegalArgumentException("nothing takes turns with nothing");
        }
        this.strategies = List.copyOf(strategies);
    }

    /** The strategies that are good at different things, in turn. */
    public static Rotation usual(long seed, Shard shard) {
        return new Rotation(
                List.of(
                        new Sampling("swarms", SwarmChoices::new, seed, shard),
                        new CrashPoints(seed, WORKLOADS, shard),
                        new Sampling("partial orders", PartialOrderChoices::new, seed, shard),
                        new CoverageGuided(seed, shard),
                        new Prioritised(seed, shard)));
    }

    @Override
    public @Nullable Attempt next() {
        for (int i = 0; i < strategies.size(); i++) {
            Strategy strategy = strategies.get(turn);
            turn = (turn + 1) % strategies.size();
            Attempt attempt = strategy.next();
            if (attempt != null) {
                underWay.add(new Turn(attempt, strategy));
                return attempt;
            }
        }
        return null;
    }

    @Override
    public void learn(Attempt attempt, Feedback feedback) {
        for (int i = 0; i < underWay.size(); i++) {
            if (underWay.get(i).attempt.equals(attempt)) {
                underWay.remove(i).strategy.learn(attempt, feedback);
                return;
            }
        }
        throw new IllegalArgumentException("not an attempt of this search: " + attempt.number());
    }

    @Override
    public List<String> position() {
        List<String> position = new ArrayList<>();
        position.add(String.valueOf(turn));
        for (int i = 0; i < strategies.size(); i++) {
            for (String line : strategies.get(i).position()) {
                position.add(i + ":" + line);
            }
        }
        return position;
    }

    @Override
    public void resume(List<String> position) {
        turn = Integer.parseInt(position.getFirst());
        for (int i = 0; i < strategies.size(); i++) {
            String own = i + ":";
            strategies
                    .get(i)
                    .resume(
                            position.stream()
                                    .filter(line -> line.startsWith(own))
                                    .map(line -> line.substring(own.length()))
                                    .toList());
        }
    }

    @Override
    public boolean isExhausted() {
        return strategies.stream().allMatch(Strategy::isExhausted);
    }

    @Override
    public String scope() {
        return strategies.stream().map(Strategy::scope).collect(Collectors.joining("; "));
    }
}
