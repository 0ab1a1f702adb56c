package cairn.application.bank;

import cairn.model.service.Operation;

import java.util.List;

/** What a client wants of the bank. */
public sealed interface BankOperation extends Operation {

    /**
     * Moves an amount from one account to another. The result is the source's new balance, or
     * {@link Bank#INSUFFICIENT} when it holds less than the amount; then nothing changes.
     */
    record Transfer(int source, int target, long amount) implements BankOperation {
        public Transfer {
            if (source < 0 || target < 0 || source == target || amount < 0) {
                throw new IllegalArgumentException(
                        "a transfer goes from one account to another: "
                                + List.of(source, target, amount));
            }
        }

        @Override
        public int bytes() {
            return 24;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }
    }

    /** The result is the balance. */
    record Balance(int account) implements BankOperation {
        @Override
        public int bytes() {
            return 8;
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }

    /** The result is the sum of all balances. */
    record Audit() implements BankOperation {
        @Override
        public int bytes() {
            return 4;
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }
}
