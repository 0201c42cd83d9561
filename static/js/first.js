try{for(const[k,v]of Object.entries(JSON.parse(localStorage.getItem("guodong.display")||"{}")))document.documentElement.setAttribute("data-"+k,v)}catch{}
