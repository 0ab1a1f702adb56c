package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.CLIENT;
import static cairn.model.property.Story.MANAGER;
import static cairn.model.property.Story.OTHER_CLIENT;
import static cairn.model.property.Story.PRIMARY;
import static cairn.model.property.Story.SECOND_MANAGER;
import static cairn.model.property.Story.STORE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Activity;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.Opcode;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class CatalogueTest {

    /** The primary loses power after an acknowledged checkpoint; the backup takes over. */
    static Story failover() {
        Fault.PowerLoss powerLoss = new Fault.PowerLoss(PRIMARY);
        Fault.PowerLoss storeLoss = new Fault.PowerLoss(STORE);
        return new Story()
                .claims(MANAGER, new Fact.Managing(STORE, 1))
                .lays("r", 4096, 8192)
                .proves(PRIMARY)
                .grants(PRIMARY, 1)
                .does(PRIMARY, Activity.RESTART)
                .resumes(PRIMARY, 0, 50)
                .leads(PRIMARY, 1)
                .asks(CLIENT, 1, new Till.Move(0, 1, 30))
                .executes(PRIMARY, CLIENT, 1)
                .cuts(PRIMARY, 1_000_001, 51)
                .accesses(PRIMARY, Opcode.WRITE, 4096, 64)
                .seals(PRIMARY, 1_000_001)
                .acknowledges(PRIMARY, 1_000_001)
                .releases(PRIMARY, CLIENT, 1, 1)
                .learns(CLIENT, 1, 1)
                .asks(CLIENT, 2, new Till.Move(0, 2, 30))
                .executes(PRIMARY, CLIENT, 2)
                .strikes(powerLoss)
                .ends(PRIMARY)
                .proves(BACKUP)
                .revokes(MANAGER, PRIMARY)
                .grants(BACKUP, 2)
                .claims(STORE, new Fact.Obeyed(STORE, 1))
                .does(BACKUP, Activity.RESTART)
                .accesses(PRIMARY, Opcode.WRITE, 0, 64, CompletionStatus.REM_ACCESS_ERR)
                .accesses(BACKUP, Opcode.READ, 4096, 64)
                .resumes(BACKUP, 1_000_001, 51)
                .leads(BACKUP, 2)
                .executes(BACKUP, CLIENT, 2)
                .asks(OTHER_CLIENT, 1, new Till.Count())
                .executes(BACKUP, OTHER_CLIENT, 1)
                .cuts(BACKUP, 2_000_001, 52)
                .accesses(BACKUP, Opcode.WRITE, 4096, 64)
                .seals(BACKUP, 2_000_001)
                .acknowledges(BACKUP, 2_000_001)
                .discards(BACKUP, 1_000_001)
                .releases(BACKUP, CLIENT, 2, 1)
                .releases(BACKUP, OTHER_CLIENT, 1, 400)
                .learns(CLIENT, 2, 1)
                .learns(OTHER_CLIENT, 1, 400)
                .heals(powerLoss)
                .strikes(storeLoss)
                .heals(storeLoss)
                .reads(new Fact.Entry("r", 4096, 8192))
                .claims(MANAGER, new Fact.Registered("r", PRIMARY, 1))
                .claims(MANAGER, new Fact.Registered("r", BACKUP, 2))
                .holds(SECOND_MANAGER, 2_000_001, 52)
                .holds(STORE, 2_000_001, 52)
                .claims(PRIMARY, new Fact.Pledged("r", 1, 0, 2))
                .strikes(new Fault.PermanentLoss(SECOND_MANAGER));
    }

    @Test
    void aGoodHistoryHoldsByEveryProperty() {
        Story story = failover();
        story.ends(new Ending(story.now(), story.now(), true, List.of()))
                .forEach((id, verdict) ->
                        assertInstanceOf(Verdict.Holds.class, verdict, id + ": " + verdict));
    }

    @Test
    void silenceProvesNothing() {
        new Story()
                .ends(new Ending(0, 0, true, List.of()))
                .forEach((id, verdict) ->
                        assertInstanceOf(Verdict.Inconclusive.class, verdict, id + ": " + verdict));
    }

    @Test
    void everyPropertyIsFoundByItsName() {
        for (Property property : Properties.all()) {
            assertEquals(property.statement(), Properties.named(property.id()).statement());
            assertTrue(property.statement().endsWith("."), property.statement());
        }
        assertThrows(IllegalArgumentException.class, () -> Properties.named("LUCK"));
    }

    @Test
    void aCourtShowsACheckerOnlyWhatItWants() {
        Property picky =
                new Property() {
                    @Override
                    public String id() {
                        return "PICKY";
                    }

                    @Override
                    public String statement() {
                        return "Nothing is ever sealed.";
                    }

                    @Override
                    public Checker checker(Declaration declaration) {
                        return new Sealphobe();
                    }
                };
        Court court =
                new Court(
                        List.of(picky),
                        Story.declaration(Story.promise(true), new Bounds(1, 1, 1)));
        court.on(claim(new Fact.Cut(new Epoch(1))));
        assertFalse(court.isViolated());
        court.on(claim(new Fact.Sealed(new Epoch(1), new Epoch(1))));
        assertTrue(court.isViolated());
        assertEquals("PICKY", court.judgements().getFirst().property());
    }

    private static Observation claim(Fact fact) {
        return new Observation.Claimed(1, PRIMARY, 0, fact, 0);
    }

    /** Takes every observation that it is shown for an offence. */
    private static final class Sealphobe implements Checker {
        @Override
        public Set<Topic> topics() {
            return EnumSet.of(Topic.SEALED);
        }

        @Override
        public void on(Observation observation, Judgement judgement) {
            judgement.violated(observation.at(), "sealed");
        }

        @Override
        public void conclude(Ending ending, Judgement judgement) {
            throw new IllegalStateException("nobody ended this run");
        }
    }
}
