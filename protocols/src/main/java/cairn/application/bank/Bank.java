package cairn.application.bank;

import cairn.application.bank.BankOperation.Audit;
import cairn.application.bank.BankOperation.Balance;
import cairn.application.bank.BankOperation.Transfer;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.memory.Memory;
import cairn.model.service.Operation;
import cairn.model.service.OperationSource;
import cairn.model.service.Service;
import cairn.model.service.Specification;

/**
 * Accounts as an array of little-endian longs in memory. Money is neither made nor lost, so an
 * audit always finds the same total.
 */
public final class Bank implements Service {

    /** The result of a transfer whose source holds too little. */
    public static final long INSUFFICIENT = -1;

    private static final long OPERATION_NANOS = 200;
    private static final int LARGEST_TRANSFER = 100;

    private final BankSettings settings;

    public Bank(BankSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "bank";
    }

    @Override
    public long memoryBytes() {
        return (long) settings.accounts() * Long.BYTES;
    }

    @Override
    public void initialise(Memory memory) {
        for (int account = 0; account < settings.accounts(); account++) {
            memory.writeLong(at(account), settings.initialBalance());
        }
    }

    @Override
    public long apply(Operation operation, Memory memory) {
        return switch ((BankOperation) operation) {
            case Transfer(int source, int target, long amount) -> {
                long left = memory.readLong(at(source)) - amount;
                if (left < 0) {
                    yield INSUFFICIENT;
                }
                memory.writeLong(at(source), left);
                memory.writeLong(at(target), memory.readLong(at(target)) + amount);
                yield left;
            }
            case Balance(int account) -> memory.readLong(at(account));
            case Audit() -> {
                long sum = 0;
                for (int account = 0; account < settings.accounts(); account++) {
                    sum += memory.readLong(at(account));
                }
                yield sum;
            }
        };
    }

    /** An audit reads each account, at about one nanosecond. */
    @Override
    public long costNanos(Operation operation) {
        return operation instanceof Audit ? OPERATION_NANOS + settings.accounts() : OPERATION_NANOS;
    }

    @Override
    public OperationSource operations(String client, Choices choices) {
        Choice kind = new Choice("operation " + client, new Law.Uniform(0, 999_999), choices);
        Choice hot = new Choice("hot " + client, new Law.Chance(settings.hotShare()), choices);
        Choice hotAccount =
                new Choice("hot account " + client, new Law.Pick(settings.hotAccounts()), choices);
        Choice account =
                new Choice("account " + client, new Law.Pick(settings.accounts()), choices);
        Choice distance =
                new Choice("distance " + client, new Law.Pick(settings.accounts() - 1), choices);
        Choice amount =
                new Choice("amount " + client, new Law.Uniform(1, LARGEST_TRANSFER), choices);
        double reads = settings.readShare() * 1e6;
        double audits = reads + settings.auditShare() * 1e6;
        return () -> {
            long drawn = kind.ask();
            if (drawn >= reads && drawn < audits) {
                return new Audit();
            }
            int first = (int) (hot.happens() ? hotAccount.ask() : account.ask());
            if (drawn < reads) {
                return new Balance(first);
            }
            int other = (int) ((first + 1 + distance.ask()) % settings.accounts());
            return new Transfer(first, other, amount.ask());
        };
    }

    @Override
    public Specification specification() {
        return new BankSpecification(settings);
    }

    private static long at(int account) {
        return (long) account * Long.BYTES;
    }
}
