/** What experiments can be made of: protocols, services, faults, properties, parts of a machine. */
@NullMarked
package cairn.experiment.catalogue;

import org.jspecify.annotations.NullMarked;
