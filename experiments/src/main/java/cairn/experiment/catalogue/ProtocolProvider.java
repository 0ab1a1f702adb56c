package cairn.experiment.catalogue;

import java.util.List;

/**
 * Names protocols that are not shipped. An author's jar holds a public class of this kind, with a
 * public constructor without arguments, and its name in {@code
 * META-INF/services/cairn.experiment.catalogue.ProtocolProvider}, where {@link
 * java.util.ServiceLoader} finds it; {@code CAIRN_PROTOCOLS} says where the jar is.
 */
public interface ProtocolProvider {

    /** The protocols, at least one, in the order in which they are to be listed. */
    List<ProtocolForm> protocols();
}
