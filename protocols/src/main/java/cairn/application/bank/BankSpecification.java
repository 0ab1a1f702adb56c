package cairn.application.bank;

import cairn.application.bank.BankOperation.Audit;
import cairn.application.bank.BankOperation.Balance;
import cairn.application.bank.BankOperation.Transfer;
import cairn.model.service.Operation;
import cairn.model.service.Specification;

import java.util.Arrays;

/** What the bank may answer, one operation after another. */
final class BankSpecification implements Specification {

    private final BankSettings settings;

    BankSpecification(BankSettings settings) {
        this.settings = settings;
    }

    @Override
    public State start() {
        return new Books(settings);
    }

    @Override
    public boolean conserves(Operation operation, long result) {
        return !(operation instanceof Audit) || result == settings.total();
    }

    /** Balances, and a stack of what each step changed: source, target, amount. */
    private static final class Books implements State {

        private static final int NOTHING = -1;

        private final long total;
        private final long[] balances;
        private int[] sources = new int[64];
        private int[] targets = new int[64];
        private long[] amounts = new long[64];
        private int steps;

        Books(BankSettings settings) {
            total = settings.total();
            balances = new long[settings.accounts()];
            Arrays.fill(balances, settings.initialBalance());
        }

        @Override
        public boolean step(Operation operation, long result) {
            if (resultOf((BankOperation) operation) != result) {
                return false;
            }
            step(operation);
            return true;
        }

        private long resultOf(BankOperation operation) {
            return switch (operation) {
                case Transfer(int source, int _, long amount) ->
                        balances[source] < amount ? Bank.INSUFFICIENT : balances[source] - amount;
                case Balance(int account) -> balances[account];
                case Audit() -> total;
            };
        }

        @Override
        public void step(Operation operation) {
            if (operation instanceof Transfer(int source, int target, long amount)
                    && balances[source] >= amount) {
                balances[source] -= amount;
                balances[target] += amount;
                push(source, target, amount);
            } else {
                push(NOTHING, NOTHING, 0);
            }
        }

        private void push(int source, int target, long amount) {
            if (steps == sources.length) {
                sources = Arrays.copyOf(sources, 2 * steps);
                targets = Arrays.copyOf(targets, 2 * steps);
                amounts = Arrays.copyOf(amounts, 2 * steps);
            }
            sources[steps] = source;
            targets[steps] = target;
            amounts[steps++] = amount;
        }

        @Override
        public void undo() {
            if (steps == 0) {
                throw new IllegalStateException("no step is left to take back");
            }
            steps--;
            if (sources[steps] != NOTHING) {
                balances[sources[steps]] += amounts[steps];
                balances[targets[steps]] -= amounts[steps];
            }
        }

        @Override
        public Object snapshot() {
            return new Snapshot(balances.clone(), Arrays.hashCode(balances));
        }
    }

    /** All balances, with a hash that is computed once. */
    private static final class Snapshot {

        private final long[] balances;
        private final int hash;

        Snapshot(long[] balances, int hash) {
            this.balances = balances;
            this.hash = hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Snapshot snapshot
                    && hash == snapshot.hash
                    && Arrays.equals(balances, snapshot.balances);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
