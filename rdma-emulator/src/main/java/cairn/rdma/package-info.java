/**
 * An RDMA adapter and persistent memory, emulated by byte and by packet. The host - a simulated
 * network or a loopback in virtual time - carries packets and timers; everything else is here.
 */
@NullMarked
package cairn.rdma;

import org.jspecify.annotations.NullMarked;
