/**
 * Views of a primary and its backups, as a replica manager chooses them: who runs an application,
 * who stands by, and who takes the place of a host that its watchdog takes for failed (PA-1).
 */
@NullMarked
package cairn.part.view;

import org.jspecify.annotations.NullMarked;
