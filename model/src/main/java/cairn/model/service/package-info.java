/**
 * Services: clients ask, a primary answers, a backup takes over. They know nothing of checkpoints.
 */
@NullMarked
package cairn.model.service;

import org.jspecify.annotations.NullMarked;
