package cairn.model.property;

import cairn.model.NodeId;
import cairn.model.choice.Mix;
import cairn.model.service.Operation;
import cairn.model.service.Request;
import cairn.model.service.Specification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Histories of a till, made from a seed. */
final class Histories {

    private Histories() {}

    /** One operation: who asked, when, and what came of it; unanswered if the end is never. */
    record Call(int client, long from, long instant, long to, Operation operation, long result) {

        static final long NEVER = Long.MAX_VALUE;

        Call withResult(long other) {
            return new Call(client, from, instant, to, operation, other);
        }

        Call unanswered() {
            return new Call(client, from, instant, NEVER, operation, result);
        }
    }

    /**
     * What clients see of a till that executes each operation at one instant between request and
     * answer, in closed loop.
     */
    static List<Call> correct(Till till, int accounts, int clients, int operations, long seed) {
        List<Call> calls = new ArrayList<>();
        long[] free = new long[clients];
        for (int i = 0; i < operations; i++) {
            int client = i % clients;
            long dice = Mix.mix(seed * 31 + i);
            long from = free[client] + 1 + (dice >>> 60);
            long instant = from + 1 + (dice >>> 40 & 0x7F);
            long to = instant + 1 + (dice >>> 50 & 0x7F);
            free[client] = to;
            calls.add(new Call(client, from, instant, to, operation(dice, accounts), 0));
        }
        calls.sort(Comparator.comparingLong(Call::instant));
        Till.Balances balances = (Till.Balances) till.specification().start();
        List<Call> answered = new ArrayList<>();
        for (Call call : calls) {
            long result = balances.answer(call.operation);
            balances.step(call.operation);
            answered.add(call.withResult(result));
        }
        return answered;
    }

    private static Operation operation(long dice, int accounts) {
        int one = (int) (dice & 0xFFFF) % accounts;
        int other = (int) (dice >>> 16 & 0xFFFF) % accounts;
        return switch ((int) (dice >>> 32 & 7)) {
            case 0 -> new Till.Count();
            case 1, 2, 3 -> new Till.Look(one);
            default -> new Till.Move(one, other, 1 + (dice >>> 36 & 0x3F));
        };
    }

    /** The calls as a history, with or without the order in which they were executed. */
    static History history(List<Call> calls, boolean withOrder) {
        record Moment(long at, int kind, int call) {}
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            moments.add(new Moment(call.from, 0, i));
            if (withOrder) {
                moments.add(new Moment(call.instant, 1, i));
            }
            if (call.to != Call.NEVER) {
                moments.add(new Moment(call.to, 2, i));
            }
        }
        moments.sort(Comparator.comparingLong(Moment::at).thenComparingInt(Moment::kind));
        History history = new History();
        int[] operations = new int[calls.size()];
        for (Moment moment : moments) {
            Call call = calls.get(moment.call);
            switch (moment.kind) {
                case 0 ->
                        operations[moment.call] =
                                history.call(
                                        new Request(new NodeId(call.client), 1, call.operation),
                                        moment.at);
                case 1 -> history.execute(operations[moment.call]);
                default -> history.answer(operations[moment.call], call.result, moment.at);
            }
        }
        return history;
    }

    /** Whether some order explains the calls: tries them all. */
    static boolean isExplained(Till till, List<Call> calls) {
        return isExplained(calls, new boolean[calls.size()], till.specification().start());
    }

    private static boolean isExplained(
            List<Call> calls, boolean[] placed, Specification.State state) {
        long firstAnswer = Call.NEVER;
        for (int i = 0; i < placed.length; i++) {
            if (!placed[i]) {
                firstAnswer = Math.min(firstAnswer, calls.get(i).to);
            }
        }
        if (firstAnswer == Call.NEVER) {
            return true;
        }
        for (int i = 0; i < placed.length; i++) {
            Call call = calls.get(i);
            if (placed[i] || call.from > firstAnswer) {
                continue;
            }
            if (call.to == Call.NEVER) {
                state.step(call.operation);
            } else if (!state.step(call.operation, call.result)) {
                continue;
            }
            placed[i] = true;
            boolean explained = isExplained(calls, placed, state);
            placed[i] = false;
            state.undo();
            if (explained) {
                return true;
            }
        }
        return false;
    }
}
