package cairn.model.property;

import cairn.model.choice.Choices;
import cairn.model.memory.Memory;
import cairn.model.service.Operation;
import cairn.model.service.OperationSource;
import cairn.model.service.Service;
import cairn.model.service.Specification;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** A small bank for histories: accounts of 100 each, and transfers that refuse to overdraw. */
final class Till implements Service {

    static final long INITIAL = 100;

    private final int accounts;
    private final boolean knowsWhatCommutes;

    Till(int accounts) {
        this(accounts, true);
    }

    Till(int accounts, boolean knowsWhatCommutes) {
        this.accounts = accounts;
        this.knowsWhatCommutes = knowsWhatCommutes;
    }

    /** Moves an amount; answers 1, or 0 if the account has too little. */
    record Move(int from, int to, long amount) implements Operation {
        @Override
        public int bytes() {
            return 24;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }
    }

    /** Answers the balance of an account. */
    record Look(int account) implements Operation {
        @Override
        public int bytes() {
            return 8;
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }

    /** Answers the sum of all balances. */
    record Count() implements Operation {
        @Override
        public int bytes() {
            return 8;
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }

    @Override
    public String name() {
        return "till";
    }

    @Override
    public long memoryBytes() {
        return 8L * accounts;
    }

    @Override
    public void initialise(Memory memory) {
        throw new IllegalStateException("histories need no memory");
    }

    @Override
    public long apply(Operation operation, Memory memory) {
        throw new IllegalStateException("histories need no memory");
    }

    @Override
    public long costNanos(Operation operation) {
        return 1;
    }

    @Override
    public OperationSource operations(String client, Choices choices) {
        throw new IllegalStateException("histories bring their operations");
    }

    @Override
    public Specification specification() {
        return new Rules();
    }

    private final class Rules implements Specification {
        @Override
        public State start() {
            return new Balances();
        }

        @Override
        public boolean conserves(Operation operation, long result) {
            return !(operation instanceof Count) || result == accounts * INITIAL;
        }

        @Override
        public boolean commute(Operation one, Operation other) {
            boolean harmless = one.isReadOnly() && other.isReadOnly();
            if (harmless || !knowsWhatCommutes) {
                return harmless;
            }
            return !touches(one, other) || one instanceof Count || other instanceof Count;
        }

        private boolean touches(Operation one, Operation other) {
            return one instanceof Move(int from, int to, long _)
                    ? isAbout(other, from) || isAbout(other, to)
                    : one instanceof Look(int account) && isAbout(other, account);
        }

        private boolean isAbout(Operation operation, int account) {
            return operation instanceof Move(int from, int to, long _)
                    ? from == account || to == account
                    : operation instanceof Look(int looked) && looked == account;
        }
    }

    /** The balances, with a way back. */
    final class Balances implements Specification.State {
        private final long[] balances = new long[accounts];
        private final Deque<Move> done = new ArrayDeque<>();
        private static final Move NOTHING = new Move(0, 0, 0);

        Balances() {
            Arrays.fill(balances, INITIAL);
        }

        long answer(Operation operation) {
            if (operation instanceof Move(int from, int _, long amount)) {
                return balances[from] >= amount ? 1 : 0;
            }
            return operation instanceof Look(int account)
                    ? balances[account]
                    : Arrays.stream(balances).sum();
        }

        @Override
        public boolean step(Operation operation, long result) {
            if (answer(operation) != result) {
                return false;
            }
            step(operation);
            return true;
        }

        @Override
        public void step(Operation operation) {
            if (operation instanceof Move move && answer(move) == 1) {
                balances[move.from] -= move.amount;
                balances[move.to] += move.amount;
                done.push(move);
            } else {
                done.push(NOTHING);
            }
        }

        @Override
        public void undo() {
            Move move = done.pop();
            balances[move.from] += move.amount;
            balances[move.to] -= move.amount;
        }

        @Override
        public Object snapshot() {
            return Arrays.stream(balances).boxed().toList();
        }
    }
}
