package cairn.part.pmu;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.Outbox;

import org.jspecify.annotations.Nullable;

/**
 * The place of a persistent-memory unit. What it is asked is for its {@link UnitProcessor}; a unit
 * whose adapter or platform cannot do what the settings ask for does nothing.
 */
final class Unit<M extends Message> implements Node<M> {

    private final Pmu<M> pmu;
    private @Nullable UnitProcessor<M> processor;
    private String refusal = "not booted";

    Unit(Pmu<M> pmu) {
        this.pmu = pmu;
    }

    @Override
    public void boot(Boot boot, Outbox<M> out) {
        UnitAdapter adapter = new UnitAdapter(pmu.settings(), pmu.rules(), out.verbs());
        String refused = adapter.refusal();
        if (refused == null) {
            processor = new UnitProcessor<>(pmu, adapter, boot.self(), out);
        } else {
            refusal = refused;
        }
    }

    @Override
    public void on(Event<M> event, Outbox<M> out) {
        if (processor != null) {
            processor.on(event, out);
        }
    }

    @Override
    public String waitsFor() {
        return processor == null
                ? "an adapter and platform that do what the settings ask for (" + refusal + ")"
                : processor.waitsFor();
    }
}
