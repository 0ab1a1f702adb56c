/** What experiment files are made of, for people and for editors. */
@NullMarked
package cairn.experiment.reference;

import org.jspecify.annotations.NullMarked;
