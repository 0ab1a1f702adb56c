/** What launcher and node processes say to each other over the pipe between them. */
@NullMarked
package cairn.cluster.control;

import org.jspecify.annotations.NullMarked;
