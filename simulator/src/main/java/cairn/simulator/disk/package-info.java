/** interim */
@org.jspecify.annotations.NullMarked
package cairn.simulator.disk;
