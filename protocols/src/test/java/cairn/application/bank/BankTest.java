package cairn.application.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.BankOperation.Audit;
import cairn.application.bank.BankOperation.Balance;
import cairn.application.bank.BankOperation.Transfer;
import cairn.model.choice.Choices;
import cairn.model.choice.Mix;
import cairn.model.memory.PagedMemory;
import cairn.model.service.Operation;
import cairn.model.service.OperationSource;
import cairn.model.service.Specification;

import org.junit.jupiter.api.Test;

final class BankTest {

    private static final BankSettings SMALL = new BankSettings(4, 10, 0.25, 0.25, 0, 1);

    private final Bank bank = new Bank(SMALL);
    private final PagedMemory memory = new PagedMemory(bank.memoryBytes());

    private long apply(Operation operation) {
        return bank.apply(operation, memory);
    }

    @Test
    void aTransferMovesMoneyAndReturnsWhatTheSourceHasLeft() {
        bank.initialise(memory);
        assertEquals(7, apply(new Transfer(0, 1, 3)));
        assertEquals(7, apply(new Balance(0)));
        assertEquals(13, apply(new Balance(1)));
        assertEquals(40, apply(new Audit()));
    }

    @Test
    void aTransferOfMoreThanThereIsChangesNothing() {
        bank.initialise(memory);
        assertEquals(Bank.INSUFFICIENT, apply(new Transfer(2, 3, 11)));
        assertEquals(10, apply(new Balance(2)));
        assertEquals(10, apply(new Balance(3)));
    }

    @Test
    void theSpecificationGivesTheResultsOfTheBankAndTakesThemBack() {
        bank.initialise(memory);
        Specification.State state = bank.specification().start();
        Object start = state.snapshot();
        OperationSource source = bank.operations("client-1", mixed(7));
        for (int i = 0; i < 500; i++) {
            Operation operation = source.next();
            long result = apply(operation);
            assertFalse(state.step(operation, result + 1), "a wrong result is refused");
            assertTrue(state.step(operation, result), () -> operation + " gave " + result);
        }
        assertNotEquals(start, state.snapshot());
        for (int i = 0; i < 500; i++) {
            state.undo();
        }
        assertEquals(start, state.snapshot());
        assertEquals(start.hashCode(), state.snapshot().hashCode());
        assertThrows(IllegalStateException.class, state::undo);
    }

    @Test
    void anAuditThatDoesNotFindTheTotalIsNotConserving() {
        Specification specification = bank.specification();
        assertTrue(specification.conserves(new Audit(), 40));
        assertFalse(specification.conserves(new Audit(), 39));
        assertTrue(specification.conserves(new Balance(0), 39));
    }

    @Test
    void theSameAnswersGiveTheSameOperationsAndOtherClientsAskOthers() {
        OperationSource one = bank.operations("client-1", mixed(1));
        OperationSource again = bank.operations("client-1", mixed(1));
        OperationSource other = bank.operations("client-2", mixed(1));
        int different = 0;
        for (int i = 0; i < 100; i++) {
            Operation operation = one.next();
            assertEquals(operation, again.next());
            different += operation.equals(other.next()) ? 0 : 1;
        }
        assertTrue(different > 50, "only " + different + " of 100 differ");
    }

    @Test
    void requestsAreMixedAsTheSharesSay() {
        BankSettings settings = new BankSettings(1000, 10, 0.5, 0.1, 0.9, 10);
        OperationSource source = new Bank(settings).operations("client-1", mixed(3));
        int reads = 0;
        int audits = 0;
        int hot = 0;
        for (int i = 0; i < 10_000; i++) {
            Operation operation = source.next();
            reads += operation instanceof Balance ? 1 : 0;
            audits += operation instanceof Audit ? 1 : 0;
            hot += operation instanceof Balance(int account) && account < 10 ? 1 : 0;
        }
        assertEquals(5_000, reads, 300);
        assertEquals(1_000, audits, 150);
        assertEquals(0.9 * reads, hot, 200);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BankSettings(1, 10, 0.2, 0.1, 0, 1));
        assertThrows(
                IllegalArgumentException.class, () -> new BankSettings(10, 10, 0.9, 0.2, 0, 1));
        assertThrows(
                IllegalArgumentException.class, () -> new BankSettings(10, 10, 0.2, 0.2, 0, 11));
        assertThrows(IllegalArgumentException.class, () -> new Transfer(3, 3, 1));
    }

    private static Choices mixed(long seed) {
        return (choice, count) -> choice.law().at(Mix.fold(Mix.fold(seed, choice.key()), count));
    }
}
