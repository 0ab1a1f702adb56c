package cairn.application.keyvalue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.keyvalue.KeyValueOperation.CompareAndSet;
import cairn.application.keyvalue.KeyValueOperation.Get;
import cairn.application.keyvalue.KeyValueOperation.Put;
import cairn.model.choice.Choices;
import cairn.model.choice.Mix;
import cairn.model.memory.PagedMemory;
import cairn.model.service.Operation;
import cairn.model.service.OperationSource;
import cairn.model.service.Specification;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;

final class KeyValueTest {

    private static final KeyValueSettings SMALL = new KeyValueSettings(4, 0.3, 0.3, 0.5, 1);

    private final KeyValue service = new KeyValue(SMALL);
    private final PagedMemory memory = new PagedMemory(service.memoryBytes());

    private long apply(Operation operation) {
        return service.apply(operation, memory);
    }

    @Test
    void aPutReturnsWhatWasThereBefore() {
        assertEquals(0, apply(new Put(1, 7)));
        assertEquals(7, apply(new Put(1, 8)));
        assertEquals(8, apply(new Get(1)));
        assertEquals(0, apply(new Get(0)));
    }

    @Test
    void aComparisonSetsOnlyWhatItExpected() {
        apply(new Put(2, 5));
        assertEquals(5, apply(new CompareAndSet(2, 4, 9)));
        assertEquals(5, apply(new Get(2)));
        assertEquals(5, apply(new CompareAndSet(2, 5, 9)));
        assertEquals(9, apply(new Get(2)));
    }

    @Test
    void theSpecificationGivesTheResultsOfTheServiceAndTakesThemBack() {
        Specification.State state = service.specification().start();
        Object start = state.snapshot();
        OperationSource source = service.operations("client-1", mixed(7));
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
    void operationsOnDifferentKeysCommuteAndWritesOfOneDoNot() {
        Specification specification = service.specification();
        assertTrue(specification.commute(new Put(0, 1), new Put(1, 2)));
        assertTrue(specification.commute(new Get(0), new Get(0)));
        assertFalse(specification.commute(new Get(0), new Put(0, 1)));
        assertFalse(specification.commute(new CompareAndSet(0, 0, 3), new Put(0, 1)));
    }

    @Test
    void noValueIsWrittenTwiceByWhomever() {
        Set<Long> values = new TreeSet<>();
        int writes = 0;
        for (String client : new String[] {"client-1", "client-2", "client-3"}) {
            OperationSource source = service.operations(client, mixed(3));
            for (int i = 0; i < 1_000; i++) {
                Operation operation = source.next();
                if (operation instanceof Put(int _, long value)) {
                    values.add(value);
                    writes++;
                } else if (operation instanceof CompareAndSet(int _, long _, long value)) {
                    values.add(value);
                    writes++;
                }
            }
        }
        assertEquals(writes, values.size());
        assertFalse(values.contains(0L));
    }

    @Test
    void aComparisonOftenFindsWhatItExpectsAndOftenDoesNot() {
        OperationSource one = service.operations("client-1", mixed(1));
        OperationSource other = service.operations("client-2", mixed(1));
        int met = 0;
        int missed = 0;
        for (int i = 0; i < 2_000; i++) {
            Operation operation = (i % 2 == 0 ? one : other).next();
            long found = apply(operation);
            if (operation instanceof CompareAndSet(int _, long expected, long _)) {
                met += found == expected ? 1 : 0;
                missed += found == expected ? 0 : 1;
            }
        }
        assertTrue(met > 50 && missed > 50, met + " met, " + missed + " missed");
    }

    @Test
    void requestsAreMixedAsTheSharesSay() {
        KeyValueSettings settings = new KeyValueSettings(1_000, 0.5, 0.2, 0.9, 10);
        OperationSource source = new KeyValue(settings).operations("client-1", mixed(3));
        int gets = 0;
        int compares = 0;
        int hot = 0;
        for (int i = 0; i < 10_000; i++) {
            KeyValueOperation operation = (KeyValueOperation) source.next();
            gets += operation instanceof Get ? 1 : 0;
            compares += operation instanceof CompareAndSet ? 1 : 0;
            hot += operation.key() < 10 ? 1 : 0;
        }
        assertEquals(5_000, gets, 300);
        assertEquals(2_000, compares, 200);
        assertEquals(9_000, hot, 300);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new KeyValueSettings(0, 0.5, 0.1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new KeyValueSettings(9, 0.9, 0.2, 0, 1));
        assertThrows(
                IllegalArgumentException.class, () -> new KeyValueSettings(9, 0.5, 0.1, 0, 10));
    }

    private static Choices mixed(long seed) {
        return (choice, count) -> choice.law().at(Mix.fold(Mix.fold(seed, choice.key()), count));
    }
}
