package cairn.protocol.rdmapmem;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.Outbox;

import org.jspecify.annotations.Nullable;

/**
 * The place of a persistent-memory unit. What it is asked is for its {@link UnitProcessor}; a unit
 * whose adapter or platform cannot do what the settings ask for does nothing.
 */
final class Unit implements Node<RdmaPmemMessage> {

    private final Setup setup;
    private @Nullable UnitProcessor processor;
    private String refusal = "not booted";

    Unit(Setup setup) {
        this.setup = setup;
    }

    @Override
    public void boot(Boot boot, Outbox<RdmaPmemMessage> out) {
        UnitAdapter adapter = new UnitAdapter(setup.settings(), setup.rules(), out.verbs());
        String refused = adapter.refusal();
        if (refused == null) {
            processor = new UnitProcessor(setup, adapter, boot.self(), out);
        } else {
            refusal = refused;
        }
    }

    @Override
    public void on(Event<RdmaPmemMessage> event, Outbox<RdmaPmemMessage> out) {
        if (processor != null) {
            processor.on(event, out);
        }
    }

    @Override
    public String waitsFor() {
        return processor == null
                ? "an adapter and platform that do what the setup.settings() ask for ("
                        + refusal
                        + ")"
                : processor.waitsFor();
    }
}
