/** Tests of live migration. */
@NullMarked
package cairn.protocol.migration;

import org.jspecify.annotations.NullMarked;
