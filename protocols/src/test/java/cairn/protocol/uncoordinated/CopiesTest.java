package cairn.protocol.uncoordinated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.stencil.Stencil;
import cairn.application.stencil.StencilSettings;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.CpuCosts;
import cairn.protocol.Ranks;
import cairn.protocol.uncoordinated.UncoordinatedSettings.Forced;
import cairn.simulator.RunResult;
import cairn.simulator.Simulation;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Copies of messages, of which all are kept as long as no line moves on. */
final class CopiesTest {

    private static final int RANKS = 4;
    private static final long MOST_CHECKPOINTS = 10_000;

    private static RunResult run(int exchanges) {
        var stencil = new Stencil(new StencilSettings(RANKS, 1, 512, exchanges, 20_000, 0));
        var settings = new UncoordinatedSettings(Forced.NEVER, true, 1_000_000, 1_000_000);
        var protocol = new Uncoordinated(settings, stencil, CpuCosts.DEFAULT);
        var scenario = Ranks.scenario(protocol, stencil, FaultPlan.NONE);
        return new Simulation<>(
                        Ranks.keeping(scenario, MOST_CHECKPOINTS),
                        new SeededChoices(1),
                        List.of(),
                        List.of(),
                        null)
                .run();
    }

    /** They are written once each, not again with every checkpoint that counts on them. */
    @Test
    void whatIsWrittenGrowsWithTheRunAndNotWithItsSquare() {
        RunResult brief = run(100);
        RunResult longer = run(400);
        assertTrue(brief.finished() && longer.finished());
        assertEquals(4, (double) longer.stableBytes() / brief.stableBytes(), 1);
    }
}
