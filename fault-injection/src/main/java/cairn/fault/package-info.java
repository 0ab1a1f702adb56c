/** What goes wrong and when, and every strategy that answers {@link cairn.model.choice.Choices}. */
@NullMarked
package cairn.fault;

import org.jspecify.annotations.NullMarked;
