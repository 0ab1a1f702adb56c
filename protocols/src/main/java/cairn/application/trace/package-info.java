/** Replays which pages a real program wrote, interval by interval. */
@NullMarked
package cairn.application.trace;

import org.jspecify.annotations.NullMarked;
