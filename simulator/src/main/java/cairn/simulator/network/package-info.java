/**
 * The network between machines: how long messages take, what becomes of them, and what is cut.
 *
 * <p>{@link cairn.simulator.network.Network} is one class of traffic, with its own costs; {@link
 * cairn.simulator.network.Links} is what is broken between the machines, and is shared by all
 * classes of traffic that pass there.
 */
@NullMarked
package cairn.simulator.network;

import org.jspecify.annotations.NullMarked;
