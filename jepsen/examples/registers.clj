;; Registers whose checkpoints lie in persistent memory across the network. Its store loses power just
;; as the primary dies, again and again; what was answered must not be lost.
;;
;;   ./cairn jepsen jepsen/examples/registers.clj
(require '[cairn.jepsen.workload :as workload])

(fn [_seed]
  (merge (workload/under-faults (workload/register {:ops 60})
                                {:faults [[{:power-loss "pmu-1"} {:crash "primary"}]]
                                 :every 1/1000 :lasts 1/2000})
         {:protocol :rdma-pmem
          :settings {:mode :append :persist :native-flush :acknowledge :durable}
          :environment {:persistence-domain :adr :ddio :off :native-flush :on}}))
