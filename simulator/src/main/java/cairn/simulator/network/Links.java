package cairn.simulator.network;

import cairn.model.fault.Fault;

/** interim */
public final class Links {
    public void strike(Fault fault) {}

    public void heal(Fault fault) {}
}
