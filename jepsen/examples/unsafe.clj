;; Registers whose checkpoints lie in persistent memory across the network. Its store loses power just
;; as the primary dies, and here a completion is taken for durability: what was acknowledged is lost.
;;
;;   ./cairn jepsen jepsen/examples/unsafe.clj --runs 20
(require '[cairn.jepsen.workload :as workload])

(fn [_seed]
  (merge (workload/under-faults (workload/register {:ops 60})
                                {:faults [[{:power-loss "pmu-1"} {:crash "primary"}]]
                                 :every 1/1000 :lasts 1/2000})
         {:protocol :rdma-pmem
          :settings {:mode :append :persist :completion-only :acknowledge :durable}
          :environment {:persistence-domain :adr :ddio :off :native-flush :on}}))
