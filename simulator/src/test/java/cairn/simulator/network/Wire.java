package cairn.simulator.network;

import cairn.fault.CalmChoices;
import cairn.fault.RecordingChoices;
import cairn.model.NodeId;
import cairn.model.choice.Choices;
import cairn.model.fault.Fault;
import cairn.simulator.kernel.Kernel;

import java.util.ArrayList;
import java.util.List;

/** A network under test, and what arrived where and when, as text: "2@150:7". */
final class Wire {

    final Kernel kernel = new Kernel();
    final RecordingChoices choices;
    final Links links;
    final Network network;
    final List<String> arrived = new ArrayList<>();

    Wire(int hosts, NetworkCosts costs) {
        this(hosts, costs, new CalmChoices());
    }

    Wire(int hosts, NetworkCosts costs, Choices answering) {
        choices = new RecordingChoices(answering);
        links = new Links(kernel, hosts);
        network = new Network(kernel, choices, links, costs);
        for (int i = 0; i < hosts; i++) {
            int host = i;
            network.attach(
                    i,
                    (kind, argument, payload) ->
                            arrived.add(host + "@" + kernel.now() + ":" + argument));
        }
    }

    static NodeId n(int index) {
        return new NodeId(index);
    }

    Wire send(int from, int to, int bytes, long argument) {
        network.send(from, to, bytes, 1, argument, null);
        return this;
    }

    /** Does something at a time, after what happens until then. */
    Wire at(long time, Runnable action) {
        int process = kernel.register((kind, argument, payload) -> action.run());
        kernel.schedule(time, process, 0, 0, null);
        return this;
    }

    Wire strikeAt(long time, Fault.OfNetwork fault) {
        return at(time, () -> links.strike(fault));
    }

    Wire healAt(long time, Fault.OfNetwork fault) {
        return at(time, () -> links.heal(fault));
    }

    Wire sendAt(long time, int from, int to, long argument) {
        return at(time, () -> send(from, to, 0, argument));
    }

    List<String> run() {
        kernel.run(Long.MAX_VALUE - 1, Long.MAX_VALUE);
        return arrived;
    }
}
